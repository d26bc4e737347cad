package io.stagemark.run;

/**
 * How a run is started, beside its config.
 *
 * @param resume whether to go on with the run that lies in the output folder
 * @param calibrate whether to make a short certificate first, where this machine and build have
 *     none
 * @param replay the command that started it, for the lines that run slow examples alone
 */
public record RunOptions(boolean resume, boolean calibrate, ReplayCommand replay) {}
