"""A real editor, where one is at hand: Neovim without a window shows the problems of what is typed into it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
local cmd = { %PYTHON%, "-m", "dripper", "lsp" }
local id = vim.lsp.start_client({ name = "dripper", cmd = cmd, root_dir = vim.fn.getcwd() })
vim.cmd("edit campaigns/acme/insights.toml")
local buffer = vim.api.nvim_get_current_buf()
vim.lsp.buf_attach_client(buffer, id)
local function shown(want)
  vim.wait(30000, function() return want(vim.diagnostic.get(buffer)) end, 20)
  for _, each in ipairs(vim.diagnostic.get(buffer)) do
    local line = vim.fn.getline(each.lnum + 1)
    io.stdout:write(each.source .. ": " .. line:sub(each.col + 1, each.end_col) .. "\\n")
  end
  io.stdout:write(#vim.diagnostic.get(buffer) .. " shown\\n")
end
local place = vim.fn.search('^text = "Shoes')
local before = vim.fn.getline(place)
vim.fn.setline(place, (before:gsub("Shoes", "\\240\\159\\152\\128 https://acme.example/a: shoes")))
shown(function(found) return #found > 0 end)
vim.fn.setline(place, before)
shown(function(found) return #found == 0 end)
vim.cmd("qa!")
"""


@pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed")
def test_neovim_shows_a_problem_while_it_is_there(root: Path, tmp_path: Path) -> None:
    script = tmp_path / "probe.lua"
    script.write_text(SCRIPT.replace("%PYTHON%", f'"{sys.executable}"'), encoding="utf-8")
    command = ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-c", f"luafile {script}"]
    done = subprocess.run(command, cwd=root, env=dict(os.environ), capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == ["dripper: https://acme.example/a", "1 shown", "0 shown"], done.stderr
