// SPDX-License-Identifier: Apache-2.0
/** Drills of jobs: a server that is asked to stop, frozen or taken over does each work once. */
@NullMarked
package io.entrepot.drills.jobs;

import org.jspecify.annotations.NullMarked;
