package io.stagemark.gate;

import io.stagemark.config.gate.GateConfig.Side;
import io.stagemark.data.BadInputException;
import io.stagemark.output.OutputTree;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.process.ChildEnd;
import io.stagemark.trial.sample.SampleFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One side of a pair as the parent sees it. It measures on command only, so that one side runs
 * while the others wait. Not thread-safe.
 */
final class BlockProcess implements AutoCloseable {
  private static final String OVER = "";
  private static final int MAX_LOGGED_LINES = 1000;

  private final String role;
  private final Path folder;
  private final ChildEnd end;
  private final Process process;
  private final BufferedWriter words;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final int timeoutSeconds;
  private int quietBatches;
  private int logged;

  /**
   * Starts the side.
   *
   * @param role such as {@code candidate}, for messages
   * @param folder an empty or missing folder for its files
   */
  BlockProcess(
      String role, Side side, BlockRequest request, Map<String, String> environment, Path folder)
      throws IOException {
    this.role = role;
    this.folder = folder;
    this.timeoutSeconds = request.trial().measure().limits().trialTimeoutSeconds();
    this.end =
        new ChildEnd(
            "the " + role + "'s JVM", folder, request.trial().measure().limits().heapMiB());
    process = SideJvm.start(side, request, environment, folder);
    words =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread reader = new Thread(this::listen, "stagemark-" + role);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Keeps the pipe empty, so that the child's output never blocks it. Lines that are no answer may
   * be the JVM's last messages: some are kept.
   */
  private void listen() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter log = Files.newBufferedWriter(folder.resolve(ChildEnd.STDOUT))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(BlockTrial.ANSWER)) {
          answers.add(line);
        } else if (logged++ < MAX_LOGGED_LINES || line.startsWith("Terminating")) {
          log.write(line + "\n");
          log.flush();
        }
      }
    } catch (IOException e) {
      // a closed pipe means the same as its end
    }
    answers.add(OVER);
  }

  /** Waits until the side has loaded. */
  void awaitLoaded() throws SideFailure, InterruptedException {
    await(BlockTrial.LOADED);
  }

  /** Lets it warm up; {@link #awaitWarm} waits for that. */
  void warm() throws SideFailure, InterruptedException {
    say(BlockTrial.WARM);
  }

  /** Waits until it is warm, and moves its threads to the measuring processors. */
  void awaitWarm(Pinning pinning) throws SideFailure, IOException, InterruptedException {
    await(BlockTrial.DONE);
    pinning.move(process.pid()); // not before: until then the compilers may have every processor
  }

  /** Lets it measure a block and waits for the answer. */
  void block() throws SideFailure, InterruptedException {
    say(BlockTrial.BLOCK);
    quietBatches = Integer.parseInt(await(BlockTrial.DONE + " ").strip());
  }

  /** Returns the number of measured batches without a shared core. */
  int quietBatches() {
    return quietBatches;
  }

  /** Lets it write its samples and outcome; {@link #awaitEnd} waits for them. */
  void end() throws SideFailure, InterruptedException {
    say(BlockTrial.END);
  }

  /**
   * Waits for its samples and outcome, and returns them.
   *
   * @param output where its samples are to be kept
   * @param name of their file there
   */
  QuietBatches.Side awaitEnd(OutputTree output, String name)
      throws SideFailure, InterruptedException, IOException {
    await(BlockTrial.DONE);
    try {
      output.take(folder.resolve(SampleFile.NAME), name);
      Path samples = output.path().resolve(name);
      BlockOutcome outcome =
          ResultFiles.read(folder.resolve(BlockOutcome.FILE), BlockOutcome.class);
      return new QuietBatches.Side(
          SampleFile.read(samples), SampleFile.causeBits(samples), outcome, samples);
    } catch (BadInputException e) {
      throw new SideFailure(role + ": " + e.getMessage());
    }
  }

  private void say(String word) throws SideFailure, InterruptedException {
    try {
      words.write(word + "\n");
      words.flush();
    } catch (IOException e) {
      throw failure();
    }
  }

  /** Returns the text after the expected answer. */
  private String await(String expected) throws SideFailure, InterruptedException {
    String answer = answers.poll(timeoutSeconds, TimeUnit.SECONDS);
    if (answer == null) {
      throw new SideFailure(
          "%s: no answer within measure.trialTimeoutSeconds (%s s)"
              .formatted(role, timeoutSeconds));
    }
    if (!answer.startsWith(expected)) {
      throw failure();
    }
    return answer.substring(expected.length());
  }

  private SideFailure failure() throws InterruptedException {
    process.waitFor(5, TimeUnit.SECONDS);
    return new SideFailure(
        process.isAlive()
            ? "the " + role + "'s JVM does not answer"
            : end.reason(process.exitValue()));
  }

  /** Ends the process without waiting for it; from any thread. */
  void kill() {
    process.destroyForcibly();
  }

  /** Ends the process if it has not ended. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
