/** The plugin: what Jenkins sees of the release engine. The only packages that know Jenkins; they decide nothing about releases. */
package io.jenkins.plugins.darwin.jenkins;
