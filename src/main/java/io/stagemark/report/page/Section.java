package io.stagemark.report.page;

import java.util.List;

/**
 * A part of a page with a heading.
 *
 * @param id its anchor: letters, digits and hyphens
 * @param title its heading
 * @param lead what it answers; empty for none
 * @param blocks at least one: a section without figures is left out
 */
public record Section(String id, String title, String lead, List<Block> blocks) {
  public Section {
    blocks = List.copyOf(blocks);
  }
}
