/**
 * The reports of a folder in a browser, read-only: a list, every run's page, comparisons of two
 * runs, trends of a case.
 *
 * <pre>
 *   request --HostNames, ServedPath--&gt; ReportServer --Catalogue--&gt; Pages --&gt; HTML
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.serve.ReportServer}.
 *
 * <p><b>In:</b> a folder, whose runs are read when they are asked for. <b>Out:</b> HTML, and the
 * runs' own files.
 *
 * <p><b>Must not know:</b> how a run is measured. It writes nothing.
 *
 * <p><b>Decisions:</b> docs/decisions/050-serve-is-the-jdks-own-server.md.
 */
@NullMarked
package io.stagemark.serve;

import org.jspecify.annotations.NullMarked;
