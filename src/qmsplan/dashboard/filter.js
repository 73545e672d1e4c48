"use strict";
// Hides what does not hold the words typed; tone marks and letter case do not count.
const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
const box = document.getElementById("filter");
const lines = [...document.querySelectorAll("[data-f]")].map((line) => [line, bare(line.textContent)]);
box.parentElement.hidden = false;
box.addEventListener("input", () => {
  const words = bare(box.value).split(/\s+/);
  for (const [line, text] of lines) line.hidden = !words.every((word) => text.includes(word));
});
