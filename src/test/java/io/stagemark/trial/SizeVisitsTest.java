package io.stagemark.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.config.RunConfig;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.spi.Registry;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.session.CaseSession;
import io.stagemark.trial.session.IdleTask;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SizeVisitsTest {
  @TempDir Path folder;

  // 512x512 px; 451x300, 600x400 and 741x500 px: the first of each size, in turn, the smaller first
  @Test
  void run_fourPhotographsOfTwoSizes_visitsEachSizeThreeTimes() throws Exception {
    RunConfig config = IdleTask.config(folder);
    CaseSpec spec = config.cases().get(0);
    List<Example> examples = Datasets.open(config.dataset(), spec.model().view()).examples();
    Engine engine = Registry.discover(Engine.class, getClass().getClassLoader()).get(spec.engine());
    IdleTask task = new IdleTask();
    try (LoadedModel model = engine.load(CaseSession.modelFile(spec, engine), spec.settings());
        EngineSession session = CaseSession.open(model, spec, engine);
        TaskSession stages = CaseSession.bind(task, spec, session, examples)) {
      SizeVisits.run(spec, examples, session, stages, TotalFrom.FILE);
    }
    assertThat(task.decoded())
        .containsExactly(
            "chelsea.jpg",
            "astronaut.jpg",
            "chelsea.jpg",
            "astronaut.jpg",
            "chelsea.jpg",
            "astronaut.jpg");
  }
}
