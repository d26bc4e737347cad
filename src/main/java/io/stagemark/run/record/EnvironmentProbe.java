package io.stagemark.run.record;

import com.sun.management.OperatingSystemMXBean;
import io.stagemark.config.CaseSpec;
import io.stagemark.config.RunConfig;
import io.stagemark.engine.Engine;
import io.stagemark.machine.CgroupLimits;
import io.stagemark.machine.Container;
import io.stagemark.machine.Fingerprint;
import io.stagemark.machine.GitTree;
import io.stagemark.machine.Processor;
import io.stagemark.machine.SystemFiles;
import io.stagemark.result.Environment;
import io.stagemark.result.MachineRecord;
import io.stagemark.run.process.JvmFlags;
import io.stagemark.spi.Registry;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Records where a run is measured. */
public final class EnvironmentProbe {
  private final SystemFiles files = SystemFiles.ofThisMachine();
  private final Processor processor = Processor.read(files);
  private final RunConfig config;
  private final Registry<Engine> engines;

  public EnvironmentProbe(RunConfig config, Registry<Engine> engines) {
    this.config = config;
    this.engines = engines;
  }

  /** Returns the record, with no native library yet: trials load them. */
  public Environment probe() throws InterruptedException {
    Map<String, String> libraries = new LinkedHashMap<>();
    for (Engine engine : engines.all()) {
      libraries.put(engine.name(), engine.info().version());
    }
    libraries.put("opencv", org.opencv.core.Core.VERSION);
    return new Environment(
        Optional.ofNullable(EnvironmentProbe.class.getPackage().getImplementationVersion())
            .orElse("from classes"),
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        memoryBytes(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        "%s %s".formatted(System.getProperty("java.vendor"), Runtime.version()),
        JvmFlags.forTrial(config.measure().limits().heapMiB()),
        libraries,
        Optional.of(machine()));
  }

  private MachineRecord machine() throws InterruptedException {
    CgroupLimits limits = CgroupLimits.read(files);
    Path folder = Objects.requireNonNull(config.file().toAbsolutePath().getParent());
    Optional<GitTree> tree = GitTree.of(folder);
    return new MachineRecord(
        Fingerprint.machine(
            cpu(),
            Runtime.getRuntime().availableProcessors(),
            memoryBytes(),
            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            Runtime.version().feature()),
        new MachineRecord.Processors(
            processor.sockets(), processor.cores(), processor.threads(), processor.caches()),
        new MachineRecord.Host(
            distribution(), Container.kind(files), limits.cores(), limits.memoryBytes()),
        new MachineRecord.Software(
            "%s %s"
                .formatted(
                    System.getProperty("java.vm.name"), System.getProperty("java.vm.version")),
            jars(),
            Map.of(),
            models()),
        new MachineRecord.Checkout(tree.map(GitTree::commit), tree.map(GitTree::dirty)));
  }

  /** Returns the processor's name where the system reports it, else its architecture. */
  private String cpu() {
    return processor.model().orElse(System.getProperty("os.arch"));
  }

  private static long memoryBytes() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  private Optional<String> distribution() {
    return files
        .text("etc/os-release")
        .flatMap(text -> text.lines().filter(l -> l.startsWith("PRETTY_NAME=")).findFirst())
        .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""));
  }

  /** Returns file names without folders: the user's folders stay private. */
  private static List<String> jars() {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> entry.endsWith(".jar"))
        .map(entry -> String.valueOf(Path.of(entry).getFileName()))
        .sorted()
        .toList();
  }

  private Map<String, String> models() {
    Map<String, String> digests = new TreeMap<>();
    for (CaseSpec spec : config.cases()) {
      spec.model()
          .files()
          .values()
          .forEach(
              f -> digests.put(spec.model().name() + "/" + f.path().getFileName(), f.sha256()));
    }
    return digests;
  }
}
