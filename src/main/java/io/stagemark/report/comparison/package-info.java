/**
 * Renderers of comparisons: console, Markdown, JUnit XML, annotations.
 *
 * <p>Start reading at {@link io.stagemark.report.comparison.ComparisonReporter}.
 */
@NullMarked
package io.stagemark.report.comparison;

import org.jspecify.annotations.NullMarked;
