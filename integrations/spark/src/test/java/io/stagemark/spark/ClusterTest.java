package io.stagemark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone cluster of real processes: a Master, two Workers, and the job by spark-submit. */
final class ClusterTest {
  private static final int EXAMPLES = 24;
  private static final int SHARDS = 24;

  @TempDir Path folder;

  @Test
  void worker_killedInTheMiddle_theResultHasTheSameBits() throws Exception {
    Path home = folder.resolve("home");
    Path config = Photographs.write(home, EXAMPLES, "onnxruntime");
    HomeFiles.copy(
        JavaProcesses.checkout().resolve("models/centernet-mbv3-coco"),
        home.resolve("models/centernet-mbv3-coco"));
    HomeFiles.zip(home, folder.resolve("home.zip"));
    Map<String, String> variables =
        Map.of(
            "SPARK_HOME", sparkHome().toString(),
            "SPARK_LOCAL_DIRS", Files.createDirectories(folder.resolve("local")).toString());
    try (JavaProcesses processes = new JavaProcesses(folder, variables)) {
      start(processes, "master", "org.apache.spark.deploy.master.Master", "--port", "0");
      String line = processes.line("master", "Starting Spark master at ", 180);
      String master = line.replaceAll(".*(spark://[^ ]+).*", "$1");
      List<Process> workers = new ArrayList<>();
      for (String name : List.of("worker-1", "worker-2")) {
        workers.add(
            start(
                processes,
                name,
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "2g",
                "--work-dir",
                folder.resolve(name).toString(),
                master));
      }
      for (String name : List.of("worker-1", "worker-2")) {
        processes.line(name, "Successfully registered with master", 180);
      }
      Process job = submit(processes, master);

      awaitShards(job, 4);
      JavaProcesses.kill(workers.get(0)); // and its executor
      int killedAt = shards();

      assertThat(processes.ended(job, 240)).as(Files.readString(processes.log("job"))).isZero();
      assertThat(killedAt).isBetween(4, SHARDS - 4);
      assertThat(Files.readString(processes.log("job"))).contains("Lost executor");
      assertThat(shards()).isEqualTo(SHARDS);

      String parts = folder.resolve("whole").toString();
      String merged = folder.resolve("merged").toString();
      assertThat(
              processes.stagemark(
                  "score", "score-shard", config.toString(), "--shard", "1/1", "--out", parts))
          .isZero();
      assertThat(processes.stagemark("merge", "merge", parts, "--out", merged)).isZero();
      assertThat(Photographs.scores(folder.resolve("spark")))
          .contains("coco-ap")
          .isEqualTo(Photographs.scores(folder.resolve("merged")));
    }
  }

  /** A folder with {@code jars/}, as a distribution of Spark has, of links to Maven's jars. */
  private static Path sparkHome() throws IOException {
    Path home = project("target/spark-home");
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (String jar : sparkJars().split(File.pathSeparator, -1)) {
      Path path = Path.of(jar);
      Path link = jars.resolve(path.getFileName());
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, path);
    }
    return home;
  }

  private static String sparkJars() throws IOException {
    return Files.readString(project("target/spark-classpath.txt")).strip();
  }

  private static Path project(String file) {
    return JavaProcesses.checkout().resolve("integrations/spark").resolve(file);
  }

  private static Process start(
      JavaProcesses processes, String name, String main, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(main, "--host", "127.0.0.1", "--webui-port", "0"));
    all.addAll(List.of(arguments));
    return processes.start(name, flags("-Xmx256m"), sparkJars(), all.toArray(String[]::new));
  }

  private static List<String> flags(String... more) {
    List<String> flags = new ArrayList<>(List.of(more));
    flags.addAll(List.of(System.getProperty("stagemark.spark.flags", "").split(" ")));
    return flags;
  }

  private Process submit(JavaProcesses processes, String master) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit"));
    arguments.addAll(List.of("--master", master));
    Map<String, String> settings =
        Map.of(
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.executor.memory", "1g",
            "spark.executor.cores", "1",
            "spark.ui.port", "0",
            "spark.speculation", "true",
            "spark.scheduler.minRegisteredResourcesRatio", "1.0",
            "spark.scheduler.maxRegisteredResourcesWaitingTime", "60s");
    settings.forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
    arguments.addAll(
        List.of(
            project("target/stagemark-spark.jar").toString(),
            "configs/job.yaml",
            "--home",
            folder.resolve("home.zip").toString(),
            "--ship",
            "--shards",
            "" + SHARDS,
            "--parts",
            parts().toString(),
            "--out",
            folder.resolve("spark").toString()));
    return processes.start("job", flags("-Xmx512m"), sparkJars(), arguments.toArray(String[]::new));
  }

  private Path parts() {
    return folder.resolve("parts");
  }

  private int shards() throws IOException {
    if (!Files.isDirectory(parts())) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(parts())) {
      return (int) all.filter(it -> it.endsWith("scores.shard")).count();
    }
  }

  private void awaitShards(Process job, int count) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
    while (shards() < count && job.isAlive() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    if (shards() < count) {
      throw new IOException("no shards: " + Files.readString(folder.resolve("job.log")));
    }
  }
}
