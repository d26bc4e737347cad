package io.stagemark.gate;

import io.stagemark.config.gate.GateConfig.Inject;
import io.stagemark.trial.TrialRequest;
import java.util.Optional;

/**
 * What the JVM of one side of a pair is asked to do: {@code block.json} in its folder.
 *
 * @param trial the case, the data and how it is warmed up and scored
 * @param batches in each turn
 * @param inject work to add; empty in real use
 */
record BlockRequest(TrialRequest trial, int batches, Optional<Inject> inject) {
  /** The request, in the side's folder. */
  static final String FILE = "block.json";
}
