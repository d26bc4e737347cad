/**
 * The page of a run.
 *
 * <pre>
 *   RunResult --&gt; RunView --&gt; AnswerSection, CasesSection, …: sections --&gt; HtmlReporter: index.html
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.report.html.HtmlReporter}.
 *
 * <p><b>In:</b> a result and the run's folder, from which samples, examples and pictures are read.
 * <b>Out:</b> one file. A section is there where the run has figures for it.
 *
 * <p><b>Must not know:</b> how anything was measured.
 *
 * <p><b>Decisions:</b> docs/decisions/049-the-page.md.
 */
@NullMarked
package io.stagemark.report.html;

import org.jspecify.annotations.NullMarked;
