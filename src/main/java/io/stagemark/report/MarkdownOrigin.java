package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Environment;
import io.stagemark.result.Figures;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.Operations;
import io.stagemark.result.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where the figures of {@code report.md} are from and how to get them again, folded. */
final class MarkdownOrigin {
  private static final double GIB = 1 << 30;
  private static final int MAX_ITEMS = 10;

  private MarkdownOrigin() {}

  /**
   * Returns the machine, the versions, the digests and the command.
   *
   * @param raw for the command, which is shown as it is typed
   * @param result with texts that are safe as Markdown
   */
  static String of(RunResult raw, RunResult result) {
    Environment e = result.environment();
    List<String> items = new ArrayList<>();
    items.add(
        String.format(
            ROOT,
            "%d × %s, %.1f GiB, %s%s",
            e.cores(),
            e.cpu(),
            e.memoryBytes() / GIB,
            e.os(),
            e.machine().map(MarkdownOrigin::machine).orElse("")));
    items.add("Stagemark " + e.stagemark() + commit(e.machine()) + ", JDK " + e.jdk());
    if (!e.jvmFlags().isEmpty()) {
      items.add("JVM flags of the trials: `" + String.join(" ", e.jvmFlags()) + "`");
    }
    items.add(
        new TreeMap<>(e.libraries())
            .entrySet().stream()
                .map(library -> library.getKey() + " " + library.getValue())
                .collect(Collectors.joining(", ")));
    items.addAll(limited(operations(result), "models"));
    items.add("data set " + result.dataset().name() + ", " + digest(result.dataset().sha256()));
    items.addAll(limited(models(result), "model files"));
    result.calibration().ifPresent(c -> items.add("figures " + c));
    StringBuilder text = new StringBuilder("<details>\n<summary>Machine, versions, digests");
    text.append(", and the command that runs it again</summary>\n\n");
    items.stream()
        .filter(item -> !item.isEmpty())
        .forEach(item -> text.append("- ").append(item).append('\n'));
    TypedCommand.of(raw).ifPresent(line -> text.append(PlainText.markdownBlock(line)));
    return text.append("\n</details>\n").toString();
  }

  private static String machine(MachineRecord m) {
    MachineRecord.Host host = m.host();
    return String.format(
        ROOT,
        "%s%s%s%s, machine `%s`",
        host.distribution().map(name -> ", " + name).orElse(""),
        host.container().map(name -> ", container " + name).orElse(""),
        host.cpuLimitCores().isPresent()
            ? String.format(ROOT, ", limited to %.2f cores", host.cpuLimitCores().getAsDouble())
            : "",
        host.memoryLimitBytes().isPresent()
            ? String.format(ROOT, ", to %.1f GiB", host.memoryLimitBytes().getAsLong() / GIB)
            : "",
        m.fingerprint());
  }

  private static String commit(Optional<MachineRecord> machine) {
    return machine
        .map(MachineRecord::checkout)
        .flatMap(
            git ->
                git.commit()
                    .map(
                        c ->
                            " (config of commit `"
                                + c
                                + "`"
                                + (git.dirty().orElse(false) ? ", changed" : "")
                                + ")"))
        .orElse("");
  }

  /** Returns a line for each amount of work, with the graphs that take it. */
  private static List<String> operations(RunResult result) {
    Map<String, Set<String>> graphs = new LinkedHashMap<>();
    for (CaseResult one : result.cases()) {
      one.operations()
          .ifPresent(
              o ->
                  graphs
                      .computeIfAbsent(work(o), key -> new TreeSet<>())
                      .add("`" + o.graph() + "`"));
    }
    return graphs.entrySet().stream()
        .map(each -> each.getKey() + ": " + String.join(", ", each.getValue()))
        .toList();
  }

  private static String work(Operations o) {
    return String.format(
        ROOT,
        "%s per image, %.2f M parameters%s",
        arithmetic(o),
        o.parameters() / 1e6,
        o.uncounted().isEmpty() ? "" : ", uncounted operators " + o.uncounted());
  }

  /** Integer work is not FLOPs: it is named next to them, or in their place. */
  private static String arithmetic(Operations o) {
    String floats = Figures.giga(o.flops()) + " GFLOPs, " + Figures.giga(o.macs()) + " GMACs";
    String integers = Figures.giga(o.integerOperations()) + " GIOPs (2 × integer MAC)";
    if (o.isOfIntegers()) {
      return integers;
    }
    return o.integerOperations() > 0 ? floats + ", " + integers : floats;
  }

  private static List<String> models(RunResult result) {
    Map<String, String> models = new TreeMap<>();
    result.proof().ifPresent(proof -> models.putAll(proof.modelDigests()));
    result.environment().machine().ifPresent(m -> models.putAll(m.software().models()));
    return models.entrySet().stream()
        .map(model -> "model " + model.getKey() + ", " + digest(model.getValue()))
        .toList();
  }

  private static String digest(String sha256) {
    return "sha256 `" + sha256 + "`";
  }

  private static List<String> limited(List<String> items, String things) {
    List<String> shown = new ArrayList<>(items.stream().limit(MAX_ITEMS).toList());
    if (items.size() > MAX_ITEMS) {
      shown.add(String.format(ROOT, "and %d more %s", items.size() - MAX_ITEMS, things));
    }
    return shown;
  }
}
