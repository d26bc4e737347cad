package io.stagemark.flops.onnx.value;

import java.util.List;

/** A constant of the model, and what its elements are used as. */
public final class Origin {
  private final String name;
  private final OnnxType type;
  private final long elements;
  private final long zeros;
  private final boolean initializer;
  private final List<Origin> parts;
  private boolean literal;
  private boolean read;
  private boolean weight;
  private boolean statistic;
  private boolean setting;

  public Origin(String name, OnnxType type, long elements, long zeros, boolean initializer) {
    this(name, type, elements, zeros, initializer, List.of());
  }

  private Origin(
      String name,
      OnnxType type,
      long elements,
      long zeros,
      boolean initializer,
      List<Origin> parts) {
    this.parts = parts;
    this.name = name;
    this.type = type;
    this.elements = elements;
    this.zeros = zeros;
    this.initializer = initializer;
  }

  /** Returns what is made of several constants: whatever reads it reads them. */
  public static Origin joined(List<Origin> constants) {
    List<Origin> parts = constants.stream().flatMap(o -> o.stored().stream()).distinct().toList();
    return parts.size() == 1
        ? parts.get(0)
        : new Origin(
            "",
            parts.get(0).type(),
            parts.stream().mapToLong(Origin::elements).reduce(0, Math::addExact),
            0,
            false,
            parts);
  }

  /** Returns the constants that it is made of: itself, if it is stored. */
  public List<Origin> stored() {
    return parts.isEmpty() ? List.of(this) : parts;
  }

  /** What an operator reads a constant as. */
  public enum ConstantUse {
    /** Multiplied or added: weight, bias, scale of a normalisation, table. */
    WEIGHT,
    /** Running mean or variance, quantisation scale or zero point. */
    STATISTIC,
    /** A bound, a size, a factor of a resize: no parameter. */
    SETTING
  }

  /** Some node reads it: what none reads is no part of the network. */
  public void read() {
    read = true;
    parts.forEach(Origin::read);
  }

  public void usedAs(ConstantUse use) {
    weight |= use == ConstantUse.WEIGHT;
    statistic |= use == ConstantUse.STATISTIC;
    setting |= use == ConstantUse.SETTING;
    parts.forEach(part -> part.usedAs(use));
  }

  public boolean isInitializer() {
    return initializer;
  }

  String name() {
    return name;
  }

  public OnnxType type() {
    return type;
  }

  public long elements() {
    return elements;
  }

  public long zeros() {
    return zeros;
  }

  /**
   * A float constant is a parameter unless it is used only as something else; an integer one, and a
   * single number that a node makes, only if used as a weight.
   */
  public boolean isParameter() {
    boolean stored = initializer || (literal && elements > 1);
    return weight || (read && stored && type.isFloat() && !statistic && !setting);
  }

  /** Marks it as held by a Constant node, and not computed by one. */
  public Origin literal() {
    literal = true;
    return this;
  }

  /** Returns its identity: itself, or the node that makes it again and again. */
  public Object key() {
    return initializer || literal ? this : name;
  }

  public boolean isStatistic() {
    return statistic && !weight;
  }
}
