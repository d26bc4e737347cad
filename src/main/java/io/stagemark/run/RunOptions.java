package io.stagemark.run;

/**
 * How a run is started, beside its config.
 *
 * @param resume whether to go on with the run that lies in the output folder
 * @param replay the command that started it, for the lines that run slow examples alone
 */
public record RunOptions(boolean resume, ReplayCommand replay) {}
