package io.stagemark.config;

import io.stagemark.dataset.DatasetSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * A run, resolved: every key has its value, every path is absolute, every model card is read.
 *
 * @param name names the report's folder
 * @param file the config it was read from
 * @param dataset which examples
 * @param cases what is measured, in the order of the config's lists; at least one
 * @param measure how
 * @param score names of the scores, in the report's order; may be empty
 * @param reports names of the reporters; may be empty ({@code result.json} is always written)
 * @param output folder that the report goes to
 */
public record RunConfig(
    String name,
    Path file,
    DatasetSettings dataset,
    List<CaseSpec> cases,
    MeasureSettings measure,
    List<String> score,
    List<String> reports,
    Path output) {
  public RunConfig {
    cases = List.copyOf(cases);
    score = List.copyOf(score);
    reports = List.copyOf(reports);
  }
}
