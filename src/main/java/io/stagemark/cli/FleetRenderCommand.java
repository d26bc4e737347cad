package io.stagemark.cli;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.fleet.KubernetesJob;
import io.stagemark.fleet.ShardJob;
import io.stagemark.fleet.SlurmArray;
import io.stagemark.shard.ShardPart;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a job that scores every shard of a data set. */
@Command(
    name = "render",
    description = "Prints a Kubernetes Job or a Slurm array whose tasks score the shards.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./stagemark fleet render configs/quickstart.yaml --slurm --shards 64 > job.sh",
      "  ./stagemark fleet render configs/quickstart.yaml --kubernetes --shards 64 \\",
      "    --image registry.example/stagemark:0.1.0 --claim work > job.yaml"
    })
final class FleetRenderCommand implements Callable<Integer> {
  /** Besides the heap: the engine, the decoder and the parent. */
  private static final int MORE_MIB = 2048;

  @Mixin private ConfigSource source;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Target target = new Target();

  /** The system that runs the job. */
  static final class Target {
    @Option(names = "--kubernetes", description = "an Indexed Job, as YAML")
    private boolean kubernetes;

    @Option(names = "--slurm", description = "the script of a job array")
    private boolean slurm;
  }

  @Option(
      names = "--shards",
      required = true,
      paramLabel = "N",
      description = "into how many shards the data set is divided")
  private int shards;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "tasks at a time, at most (default: all)")
  private @Nullable Integer parallel;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "folder for the shards, which all tasks share (default: parts/NAME)")
  private @Nullable String out;

  @Option(
      names = "--merged",
      paramLabel = "FOLDER",
      description = "folder of the merge line (default: reports/NAME)")
  private @Nullable String merged;

  @Option(
      names = "--program",
      paramLabel = "FILE",
      description = "the launcher, as the tasks find it (default: ./stagemark)")
  private String program = "./stagemark";

  @Option(
      names = "--cpus",
      paramLabel = "N",
      description = "processors of a task (default: the most threads of a case)")
  private @Nullable Integer cpus;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description = "memory of a task in MiB (default: measure.heapMiB + 2048)")
  private @Nullable Integer memoryMiB;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "Kubernetes: the container image with the program (default: stagemark:latest)")
  private String image = "stagemark:latest";

  @Option(
      names = "--claim",
      paramLabel = "NAME",
      description = "Kubernetes: the volume claim with configs, models, data (default: stagemark)")
  private String claim = "stagemark";

  @Option(
      names = "--mount",
      paramLabel = "FOLDER",
      description = "Kubernetes: where pods see the volume, the base of paths (default: /work)")
  private String mount = "/work";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    require("--shards", shards, ShardPart.MAX_SHARDS);
    RunConfig config = source.read();
    int threads = config.cases().stream().mapToInt(FleetRenderCommand::threads).max().orElse(1);
    ShardJob job =
        new ShardJob(
            config.name(),
            program,
            source.words(),
            shards,
            out == null ? "parts/" + config.name() : out,
            merged == null ? "reports/" + config.name() : merged,
            new ShardJob.Needs(
                cpus == null ? threads : require("--cpus", cpus, 4096),
                memoryMiB == null
                    ? config.measure().limits().heapMiB() + MORE_MIB
                    : require("--memory", memoryMiB, 1 << 24),
                parallel == null ? shards : require("--parallel", parallel, shards)));
    job.requireLines(image, claim, mount);
    PrintWriter console = spec.commandLine().getOut();
    if (target.kubernetes) {
      console.print(new KubernetesJob(image, claim, mount).render(job));
    } else if (target.slurm) {
      console.print(SlurmArray.render(job));
    }
    console.flush();
    return ExitCode.OK;
  }

  private static int threads(CaseSpec spec) {
    return spec.settings().threads();
  }

  private static int require(String option, int number, int most) throws BadInputException {
    if (number < 1 || number > most) {
      throw new BadInputException(
          new Problem(
              option,
              String.valueOf(number),
              "a whole number in [1, %d]".formatted(most),
              option + " " + Math.min(64, most)));
    }
    return number;
  }
}
