// Turns the JSON Schemas and the Handlebars templates into modules in src/generated/, so that none is compiled at run time.
