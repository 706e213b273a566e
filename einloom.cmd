@echo off
echo einloom: Windows is not supported; clone the repository inside WSL and run ./einloom there. 1>&2
echo          How to install WSL: https://learn.microsoft.com/windows/wsl/install 1>&2
exit /b 2
