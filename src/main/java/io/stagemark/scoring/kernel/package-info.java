/**
 * The inner loops of the losses, in plain Java and on the Vector API.
 *
 * <pre>
 *   loss, detection --blocks of doubles--&gt; LogitKernel --sums--&gt; loss, detection
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.scoring.kernel.LogitKernel}.
 *
 * <p><b>In:</b> logits, targets, exponents. <b>Out:</b> sums in double.
 *
 * <p><b>May import:</b> {@code scoring}. <b>Must not know:</b> boxes, files, reductions.
 *
 * <p><b>Decisions:</b> everything is computed in double lanes, so that both kernels agree within
 * 1e-14; the logarithms of a binary cross entropy are taken of products of 32 terms; {@code
 * LogitKernelVector} is compiled by itself and reached by reflection, so that the program runs
 * without the incubating module.
 */
@NullMarked
package io.stagemark.scoring.kernel;

import org.jspecify.annotations.NullMarked;
