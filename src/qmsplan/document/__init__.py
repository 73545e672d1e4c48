"""Plans to official documents: template, blocks, Word. `render.render` is the way in.

Nothing here reads the clock, prints, or looks at any file but templates and format profiles."""
