package io.stagemark.gate;

import io.stagemark.config.CaseSpec;
import io.stagemark.data.BadInputException;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.result.Operations;
import io.stagemark.run.record.CaseCounting;
import io.stagemark.spi.Registry;
import java.util.List;
import java.util.Optional;

/** Counts that a gate takes from a model's file alone. */
final class GateCounts {
  private GateCounts() {}

  /**
   * Returns operations and parameters of a case.
   *
   * @param examples that the gate measures
   * @return empty if the model has no file whose format can be counted
   * @throws BadInputException if the file cannot be read
   */
  static Optional<Operations> of(CaseSpec spec, List<Example> examples) throws BadInputException {
    Registry<Engine> engines = Registry.discover(Engine.class, GateCounts.class.getClassLoader());
    return new CaseCounting(engines).count(spec, examples).map(CaseCounting.Counted::operations);
  }
}
