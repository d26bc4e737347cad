package io.stagemark.scoring;

import java.util.Optional;

/**
 * What a {@link Loss} says.
 *
 * @param value in nats, or a ratio for the Lovász losses; with {@link Reduction#NONE} it is the
 *     mean, besides the terms; NaN for a mean of nothing
 * @param reduction how the terms became the value
 * @param count terms that entered: ignored ones apart
 * @param terms every term in the shape of the truth, for {@link Reduction#NONE}; ignored ones are 0
 */
public record LossResult(
    double value, Reduction reduction, long count, Optional<ScoreTensor> terms) {}
