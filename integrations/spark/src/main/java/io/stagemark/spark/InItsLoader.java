package io.stagemark.spark;

import io.stagemark.spark.program.FailedException;
import io.stagemark.spark.program.Plan;
import io.stagemark.spark.program.Program;
import io.stagemark.spark.program.RefusedException;
import io.stagemark.spark.program.ScoredShard;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A program whose calls have its class loader as the thread's: DJL and others look for their
 * services there, and would find Spark's.
 */
final class InItsLoader implements Program {
  private final ClassLoader loader;
  private final Program program;

  InItsLoader(ClassLoader loader, Program program) {
    this.loader = loader;
    this.program = program;
  }

  @Override
  public Plan plan(Path parts, Path out)
      throws RefusedException, IOException, InterruptedException {
    ClassLoader before = enter();
    try {
      return program.plan(parts, out);
    } finally {
      leave(before);
    }
  }

  @Override
  public ScoredShard score(int index)
      throws RefusedException, FailedException, IOException, InterruptedException {
    ClassLoader before = enter();
    try {
      return program.score(index);
    } finally {
      leave(before);
    }
  }

  @Override
  public String merge(Path parts, Path out) throws RefusedException, IOException {
    ClassLoader before = enter();
    try {
      return program.merge(parts, out);
    } finally {
      leave(before);
    }
  }

  private ClassLoader enter() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    return before;
  }

  private static void leave(ClassLoader before) {
    Thread.currentThread().setContextClassLoader(before);
  }
}
