/**
 * The configuration of a gate, and the policy that says what fails.
 *
 * <p>Start reading at {@link io.stagemark.config.gate.GateConfig} and {@link
 * io.stagemark.config.gate.Policy}.
 */
@NullMarked
package io.stagemark.config.gate;

import org.jspecify.annotations.NullMarked;
