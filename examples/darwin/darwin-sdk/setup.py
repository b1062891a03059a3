from setuptools import find_packages, setup

setup(
    name="darwin-sdk",
    version="1.2.0",
    description="Talk to the Darwin ML platform from Python",
    packages=find_packages(),
    python_requires=">=3.9",
)
