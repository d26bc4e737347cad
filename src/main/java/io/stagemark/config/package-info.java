/**
 * A YAML file to a run that can start, or to every reason why it cannot.
 *
 * <pre>
 *   run.yaml --YamlFile--&gt; nodes with lines --Overrides--&gt; Section, by RunKeys --&gt; RunConfig
 *                                 CaseMatrix --&gt; CaseChecks --ModelCardReader, by CardKeys--&gt; CaseSpec
 *   each step --what is wrong--&gt; Problems --&gt; BadInputException, all at once
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.config.ConfigReader}, then {@code RunKeys}.
 *
 * <p><b>In:</b> a config, overrides, and the {@link io.stagemark.config.Catalog} of what it may
 * name. <b>Out:</b> a {@link io.stagemark.config.RunConfig} without a default left open, a relative
 * path, an unread card or an unchecked file.
 *
 * <p><b>May import:</b> {@code data}, {@code spi}, {@code dataset}, {@code engine}, {@code task},
 * {@code preprocess}, {@code postprocess}. <b>Must not know:</b> sessions, clocks, reports.
 *
 * <p><b>Decisions:</b> a key is declared once, with range and default, and the reader, its messages
 * and the test of {@code configs/reference.yaml} take it from there; YAML is read as a graph of
 * nodes, never constructed, so that every value has its line and no tag or alias does harm; more
 * threads than cores are refused unless {@code measure.allowOversubscription} says that it is
 * meant; the output folder is checked by writing, since permission bits do not apply to root.
 */
@NullMarked
package io.stagemark.config;

import org.jspecify.annotations.NullMarked;
