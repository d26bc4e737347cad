package io.stagemark.postprocess.decoder.instance;

import io.stagemark.postprocess.decoder.Decoder;

/** What the heads of this folder have in common: a form of their candidates. */
abstract class YoloHeads implements Decoder {
  private final String name;
  private final String description;
  private final HeadForm form;

  YoloHeads(String name, String description, HeadForm form) {
    this.name = name;
    this.description = description;
    this.form = form;
  }

  final HeadForm form() {
    return form;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final boolean needsNms() {
    return form.needsNms();
  }

  @Override
  public final boolean hasMultiLabel() {
    return form.needsNms();
  }
}
