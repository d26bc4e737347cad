package io.stagemark.trial.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stagemark.config.CaseSpec;
import io.stagemark.config.RunConfig;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.spi.Registry;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.TaskSession;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Choosing the size of a batch allocates nothing: the stages and sessions under it are fakes. */
final class SizedAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  private static void batches(
      EngineSession session, TaskSession stages, ExampleSource[] sources, int count)
      throws Exception {
    for (int i = 0; i < count; i++) {
      stages.decode(0, sources[i % sources.length]);
      stages.preprocess(1);
      session.forward();
      stages.postprocess(1);
      session.output(0);
    }
  }

  @Test
  void batch_ofAnySize_allocatesNothing() throws Exception {
    RunConfig config = IdleTask.config(folder);
    CaseSpec spec = config.cases().get(0);
    List<Example> examples = Datasets.open(config.dataset(), spec.model().view()).examples();
    Engine engine = Registry.discover(Engine.class, getClass().getClassLoader()).get(spec.engine());
    try (LoadedModel model = engine.load(CaseSession.modelFile(spec, engine), spec.settings());
        EngineSession session = CaseSession.open(model, spec, engine);
        TaskSession stages = CaseSession.bind(new IdleTask(), spec, session, examples)) {
      ExampleSource[] sources =
          examples.stream()
              .map(example -> new ExampleSource.ImageFile(example.source()))
              .toArray(ExampleSource[]::new);
      batches(session, stages, sources, 20_000);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 3; round++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        batches(session, stages, sources, 10_000);
        least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).isLessThan(10_000); // less than a byte a batch
      assertThat(CaseSizes.of(spec, examples)).hasSize(2);
    }
  }
}
