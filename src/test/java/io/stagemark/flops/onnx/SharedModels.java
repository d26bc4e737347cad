package io.stagemark.flops.onnx;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/** Models that may not be committed: they lie beside the repository, or the test is skipped. */
public final class SharedModels {
  private SharedModels() {}

  /** Returns a file of the shared folder; skips the calling test where it is absent. */
  public static Path file(String relative) {
    Path root = Path.of(System.getProperty("stagemark.shared", "../shared"));
    Path file = root.resolve(relative);
    assumeThat(file)
        .as("%s is not here: pass -Dstagemark.shared=FOLDER to run this test", file)
        .exists();
    return file;
  }
}
