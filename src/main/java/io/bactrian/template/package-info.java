/**
 * What can run: task templates, read strictly from YAML.
 *
 * <p>Entry point: {@code TemplateLoader}. Invariant: a {@code TaskTemplate} that exists is valid;
 * all problems of a file are reported at once, each with file, line and column.
 */
@NullMarked
package io.bactrian.template;

import org.jspecify.annotations.NullMarked;
