/**
 * Renders a count: as a table for people, as JSON and CSV for programs.
 *
 * <pre>
 *   OperationCount --&gt; CountTable | CountJson | CountCsv --&gt; cli prints
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.flops.text.CountJson}, whose keys are the contract.
 *
 * <p><b>In:</b> {@link io.stagemark.flops.OperationCount}. <b>Out:</b> text; every rendering names
 * the convention of its figures.
 *
 * <p><b>May import:</b> {@code flops}. <b>Must not know:</b> streams, configs.
 *
 * <p><b>Decisions:</b> figures of the batch and of one image are separate, and labelled.
 */
@NullMarked
package io.stagemark.flops.text;

import org.jspecify.annotations.NullMarked;
