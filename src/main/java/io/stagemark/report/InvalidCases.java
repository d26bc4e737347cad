package io.stagemark.report;

/** What a reporter for another program does with INVALID cases: that program cannot know. */
public enum InvalidCases {
  /** They are not in its files; the console names them. */
  LEFT_OUT,
  /** They are in its files like any other case, as far as they have figures. */
  INCLUDED
}
