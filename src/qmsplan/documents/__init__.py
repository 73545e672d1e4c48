"""Plans, reports and audits to official Word documents: template, blocks, Word. `render` is the way in."""
