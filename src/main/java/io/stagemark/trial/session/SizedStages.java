package io.stagemark.trial.session;

import io.stagemark.data.FileRange;
import io.stagemark.data.Geometry;
import io.stagemark.data.ImageSize;
import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;
import io.stagemark.dataset.Example;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Observation;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a case whose images give the input its size: as many as there are sizes. {@link
 * #decode} chooses the stages and the session of the image's size, by what its header said when the
 * data set was opened; everything else is asked of those. For batches of 1. Not thread-safe.
 */
final class SizedStages implements TaskSession {
  private final Task task;
  private final SizedSession session;
  private final Map<ImageSize, OneSize> sizes = new TreeMap<>();
  private final Map<FileRange, OneSize> byImage = new HashMap<>();
  private @Nullable OneSize current;

  /** The stages of one size and the session that they are bound to. */
  private record OneSize(EngineSession session, TaskSession stages) {}

  /** No image can be decoded before {@link #prepare}. */
  SizedStages(Task task, SizedSession session) {
    this.task = task;
    this.session = session;
  }

  /**
   * Opens the sizes of some images, as far as they are not open. One that cannot be fitted is
   * refused when it is decoded.
   */
  void prepare(List<Example> examples) throws TaskException, EngineException {
    for (Example example : examples) {
      Optional<ImageSize> size = CaseSizes.of(session.spec(), example);
      if (size.isPresent()) {
        byImage.put(example.source(), opened(size.get()));
      }
    }
  }

  private OneSize opened(ImageSize size) throws TaskException, EngineException {
    Optional<SizedSession.OneSize> fresh = session.open(size);
    if (fresh.isPresent()) {
      sizes.put(
          size,
          new OneSize(
              fresh.get().session(),
              CaseSession.bind(task, fresh.get().spec(), fresh.get().session())));
    }
    OneSize one = sizes.get(size);
    if (one == null) {
      throw new IllegalStateException("a session of %s without its stages".formatted(size));
    }
    return one;
  }

  @Override
  public void decode(int slot, ExampleSource source) throws TaskException {
    OneSize one =
        source instanceof ExampleSource.ImageFile image ? byImage.get(image.file()) : null;
    if (one == null) {
      throw new TaskException(
          source instanceof ExampleSource.ImageFile image
              ? "image %s: it cannot be fitted into a size of its own".formatted(image.file())
              : "a model whose input has a size by image takes images, not " + source);
    }
    one.stages.decode(slot, source);
    current = one;
    session.select(one.session);
  }

  private TaskSession current() {
    if (current == null) {
      throw new IllegalStateException("nothing was decoded");
    }
    return current.stages;
  }

  @Override
  public void preprocess(int count) {
    current().preprocess(count);
  }

  @Override
  public void postprocess(int count) {
    current().postprocess(count);
  }

  @Override
  public Prediction prediction(int slot) {
    return current().prediction(slot);
  }

  @Override
  public Geometry geometry(int slot) {
    return current().geometry(slot);
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    return current().observe(slot, withOutputs);
  }

  @Override
  public void measureSubStages(LapProbe preprocess, LapProbe postprocess) {
    sizes.values().forEach(one -> one.stages.measureSubStages(preprocess, postprocess));
  }

  @Override
  public void close() {
    sizes.values().forEach(one -> one.stages.close());
  }
}
