/** What the emulators are driven with: a server for a backend, and an emulator from outside. */
@NullMarked
package io.vestibule.local.aws;

import org.jspecify.annotations.NullMarked;
