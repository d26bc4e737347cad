package io.stagemark.task;

import io.stagemark.data.Geometry;
import io.stagemark.data.LapProbe;
import io.stagemark.preprocess.ImageStage;
import java.io.IOException;
import java.util.Optional;

/** Image files into one input. */
final class ImageInput implements InputStage {
  private final String task;
  private final ImageStage images;

  /**
   * @param task its name, for messages
   */
  ImageInput(String task, ImageStage images) {
    this.task = task;
    this.images = images;
  }

  @Override
  public void decode(int slot, ExampleSource source) throws TaskException {
    if (!(source instanceof ExampleSource.ImageFile image)) {
      throw new TaskException(
          "this model of task '%s' takes images, the data set gives %s".formatted(task, source));
    }
    try {
      images.decode(slot, image.file());
    } catch (IOException e) {
      throw new TaskException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void preprocess(int count) {
    for (int slot = 0; slot < count; slot++) {
      images.preprocess(slot);
    }
  }

  @Override
  public Optional<Geometry> geometry(int slot) {
    return Optional.of(images.geometry(slot));
  }

  @Override
  public Geometry place(int slot) {
    return images.geometry(slot);
  }

  @Override
  public void measure(LapProbe probe) {
    images.measure(probe);
  }

  @Override
  public void close() {
    images.close();
  }
}
