/**
 * VALID or INVALID: each reason with its bound and with what the user can do.
 *
 * <p>Start reading at {@link io.stagemark.run.verdict.CaseVerdict}.
 */
@NullMarked
package io.stagemark.run.verdict;

import org.jspecify.annotations.NullMarked;
