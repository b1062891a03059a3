/** Images: from plain files, from a Dockerfile, or by the project's own script, pushed by digest into staging. */
package io.jenkins.plugins.darwin.image;
