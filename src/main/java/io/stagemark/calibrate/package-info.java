/**
 * The certificate: an engine of known latencies through real trials, reported against true.
 *
 * <p>Start reading at {@link io.stagemark.calibrate.Certification}.
 */
@NullMarked
package io.stagemark.calibrate;

import org.jspecify.annotations.NullMarked;
