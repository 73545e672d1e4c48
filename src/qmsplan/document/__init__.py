"""Plans to official documents: template, blocks, Word. `render.render` is the way in; it reads no clock and prints nothing."""
