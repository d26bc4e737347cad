package io.stagemark.task;

import io.stagemark.data.Prediction;
import io.stagemark.postprocess.ClassPostprocessor;
import java.nio.FloatBuffer;

/** The best classes of each example. */
record BestClasses(ClassPostprocessor classes) implements ScoresSession.Selection {
  @Override
  public boolean readsProbabilities() {
    return true;
  }

  @Override
  public void run(FloatBuffer scores, int slot) {
    classes.run(scores, slot);
  }

  @Override
  public Prediction prediction(int slot) {
    return new Prediction.Classes(classes.best(slot));
  }
}
