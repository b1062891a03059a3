package io.jenkins.plugins.darwin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DependenciesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "requirements.txt",
                "mlflow/requirements-dev.txt",
                "dev-requirements.in",
                "requirements/base.txt",
                "requirements.yaml",
                "constraints.txt",
                "ui/package-lock.json",
                "yarn.lock",
                "Cargo.lock",
                "go.sum",
                "go.mod",
                "helm/darwin/Chart.lock",
                "poetry.lock",
                "infra/.terraform.lock.hcl",
            })
    void locked(String path) {
        assertThat(Dependencies.isLocked(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"package.json", "docs/requirements.md", "lock.txt", "src/constraint.py", "requirements/README.md"
            })
    void not(String path) {
        assertThat(Dependencies.isLocked(path)).isFalse();
    }
}
