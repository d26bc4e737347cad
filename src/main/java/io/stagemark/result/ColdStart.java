package io.stagemark.result;

/**
 * From the moment a trial's process was asked for to its first result, in nanoseconds, by part. The
 * parts are adjacent: their sum is the whole.
 *
 * @param jvmNanos process and JVM, until the program's first line
 * @param programNanos the program's own classes, its request, finding the engine
 * @param engineNanos the engine's runtime: natives unpacked, loaded and started
 * @param modelNanos the model's file read and its weights in memory
 * @param sessionNanos a session with its buffers
 * @param stagesNanos the data set opened, preprocessing and postprocessing set up
 * @param firstBatchNanos the first batch, through every stage
 * @param classesLoaded Java classes in the JVM after it
 */
public record ColdStart(
    long jvmNanos,
    long programNanos,
    long engineNanos,
    long modelNanos,
    long sessionNanos,
    long stagesNanos,
    long firstBatchNanos,
    int classesLoaded) {

  /** Returns the whole, in nanoseconds. */
  public long totalNanos() {
    return jvmNanos
        + programNanos
        + engineNanos
        + modelNanos
        + sessionNanos
        + stagesNanos
        + firstBatchNanos;
  }
}
