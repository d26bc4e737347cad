package io.stagemark.run.record;

import io.stagemark.result.Environment;
import io.stagemark.run.process.Interruption;
import io.stagemark.run.progress.RunListener;
import java.io.IOException;

/**
 * The proof, for this machine and build, that the program reports known latencies correctly. A run
 * asks for it and quotes it; {@code calibrate} makes it by means of runs.
 */
public interface Calibration {
  /** No proof is made or quoted. */
  Calibration NONE =
      new Calibration() {
        @Override
        public void prepare(
            Environment environment, RunListener listener, Interruption interruption) {}

        @Override
        public String summary(Environment environment) {
          return "not certified on this machine: ./stagemark doctor --certify";
        }
      };

  /**
   * Makes a certificate before the first trial, if one is to be made.
   *
   * @param environment of the run
   * @param listener receives what is done, since it takes some seconds
   * @param interruption of the run
   */
  void prepare(Environment environment, RunListener listener, Interruption interruption)
      throws IOException, InterruptedException;

  /** Returns one line for the report: the certificate of this machine and build, or its absence. */
  String summary(Environment environment) throws IOException;
}
