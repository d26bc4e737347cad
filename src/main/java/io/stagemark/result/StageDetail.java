package io.stagemark.result;

import java.util.Optional;

/**
 * A case's figures beyond its stages' times.
 *
 * @param candidates boxes before and after suppression; empty for what is no detector
 * @param subStages where time goes inside the stages; empty unless {@code measure.subStages}
 */
public record StageDetail(Optional<CandidateFigures> candidates, Optional<SubStages> subStages) {}
