package io.stagemark.run.record;

/**
 * How a run is started, apart from its config.
 *
 * @param resume whether to continue the run that is in the output folder
 * @param calibration the proof of the program's figures that the report quotes
 * @param replay the command that started it, for the lines that run slow examples alone
 */
public record RunOptions(boolean resume, Calibration calibration, ReplayCommand replay) {}
