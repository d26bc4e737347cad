package io.stagemark.run;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Tensor;
import io.stagemark.engine.Engine;
import io.stagemark.run.process.Interruption;
import io.stagemark.run.process.TrialProcess;
import io.stagemark.spi.Registry;
import io.stagemark.trial.FirstOutputs;
import io.stagemark.trial.TrialRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One run of a model on the first example, in a JVM of its own, untimed: what does it put out? */
public final class OutputProbe {
  private OutputProbe() {}

  /**
   * Runs the first case of a config once.
   *
   * @param folder for the files of the child
   * @return its first output; empty if the model does not run, or its elements have a type that
   *     NumPy does not know
   */
  public static Optional<Tensor> firstOutput(RunConfig config, Path folder)
      throws IOException, BadInputException, InterruptedException {
    CaseSpec spec = config.cases().get(0);
    TrialRequest request =
        new TrialRequest(spec, config.dataset(), config.measure(), List.of(), true, 1);
    Engine engine =
        Registry.discover(Engine.class, OutputProbe.class.getClassLoader()).get(spec.engine());
    new TrialProcess(request, engine.info().environment(spec.settings()), folder)
        .run(new Interruption(), (phase, seconds) -> {});
    return FirstOutputs.read(folder);
  }
}
