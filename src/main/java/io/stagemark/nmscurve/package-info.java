/**
 * The accuracy and the time of suppression rules over their thresholds.
 *
 * <p>Start reading at {@link io.stagemark.nmscurve.NmsCurve}.
 */
@NullMarked
package io.stagemark.nmscurve;

import org.jspecify.annotations.NullMarked;
